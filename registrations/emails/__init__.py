"""The mails about registrations: their sentences, the organizers' own words, and how they are set."""
