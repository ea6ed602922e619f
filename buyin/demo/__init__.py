"""The demo agency: made-up people in a made-up city, for trying the portal out."""
