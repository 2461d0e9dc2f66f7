"""What staff can do, one module per area, one function per act. No Qt and no SQL in here."""
