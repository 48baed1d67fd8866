"""Pure helpers, one subject a module. Nothing here imports anything of ours."""
