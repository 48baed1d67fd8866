"""The forum site: the Django project and the rooms shared by all apps."""
