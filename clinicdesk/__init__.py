"""ClinicDesk: desktop software for an interventional pain clinic."""

__version__ = "0.1.0"
