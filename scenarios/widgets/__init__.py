"""Widgets that plug into a view: state in the view's assigns, hooks on its life, one pure function that renders."""
