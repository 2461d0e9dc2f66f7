"""The booking panel: patient, procedure, people and place, time, verdict."""
