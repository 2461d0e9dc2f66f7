"""Before anybody is signed in: the first start, setting up, the passphrase."""
