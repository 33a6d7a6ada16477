"""Compiled arithmetic on floats and arrays; it checks nothing, because the floor above has."""
