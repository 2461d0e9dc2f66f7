"""Printed sheets. The only room with ReportLab; it gets facts and texts and gives bytes."""
