"""A believable clinic of invented people, to look around in, to test with and to measure on."""

from clinicdesk.services.demo.make import create_demo, make_demo

__all__ = ["create_demo", "make_demo"]
