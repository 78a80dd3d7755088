"""What stands around every page: sign-in, menu, header, language of the widgets, news from others."""
