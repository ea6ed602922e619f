"""Every mail is a row first; one sender works through them."""
