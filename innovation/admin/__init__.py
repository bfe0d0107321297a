"""Editors' pages."""
