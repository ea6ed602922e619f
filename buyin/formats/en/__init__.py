"""How English pages and mails write dates and times."""
