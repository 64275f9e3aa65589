//go:build polkago_rfc145

package main

// network does nothing: RFC-145 has another function, whose prototype contradicts its description.
func (r *report) network() {}
