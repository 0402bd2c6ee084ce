"""Who is held by whom, who is likely the same person, who is handed over; looking for people."""
