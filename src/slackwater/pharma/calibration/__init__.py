"""Virtual patients whose truth is hidden from the crowd: does its band hold them as it says?"""
