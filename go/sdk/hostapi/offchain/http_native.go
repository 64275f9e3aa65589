//go:build !(wasm && polkadot)

package offchain

import "polkago.dev/sdk/hostapi/internal/memhost"

func hostStartRequest(method, uri string, meta []byte) (RequestID, bool) {
	w := memhost.Worker("http_request_start")
	if w.HTTP == nil {
		return 0, false
	}
	id, ok := w.HTTP.Start(method, uri, meta)
	return RequestID(id), ok
}

func hostAddHeader(id RequestID, name, value string) bool {
	w := memhost.Worker("http_request_add_header")
	return w.HTTP != nil && w.HTTP.AddHeader(uint16(id), name, value)
}

func hostWriteBody(id RequestID, chunk []byte, deadline uint64) (uint8, bool) {
	w := memhost.Worker("http_request_write_body")
	if w.HTTP == nil {
		return uint8(InvalidID), false
	}
	return w.HTTP.WriteBody(uint16(id), chunk, deadline, deadline != NoDeadline)
}

func hostWait(ids []RequestID, deadline uint64) []Status {
	w := memhost.Worker("http_response_wait")
	result := make([]Status, len(ids))
	for i, id := range ids {
		if w.HTTP != nil {
			result[i] = Status(w.HTTP.Wait(uint16(id), deadline, deadline != NoDeadline))
		}
	}
	return result
}

func hostHeaders(id RequestID) []Header {
	w := memhost.Worker("http_response_headers")
	var headers []Header
	if w.HTTP != nil {
		for _, h := range w.HTTP.Headers(uint16(id)) {
			headers = append(headers, Header{h[0], h[1]})
		}
	}
	return headers
}

func hostReadBody(id RequestID, buffer []byte, deadline uint64) (uint32, uint8, bool) {
	w := memhost.Worker("http_response_read_body")
	if w.HTTP == nil {
		return 0, uint8(InvalidID), false
	}
	return w.HTTP.ReadBody(uint16(id), buffer, deadline, deadline != NoDeadline)
}
