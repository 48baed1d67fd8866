"""The pictures that stand beside an address on other sites, for an edition, a session and a person."""
