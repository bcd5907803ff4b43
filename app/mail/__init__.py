"""How mail leaves the house: the outbox, the bytes of a mail, and the transport."""
