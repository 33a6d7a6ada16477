"""Views of the incidents slice."""
