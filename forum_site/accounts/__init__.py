"""People who sign in: users, their roles at events, and sign-in itself."""
