"""The due list: whom to call, one after the other, without the mouse."""
