//go:build wasm && polkadot && !polkago_rfc145

package offchain

import (
	"polkago.dev/sdk/hostapi/internal/host"
	"polkago.dev/sdk/scale"
)

//go:wasmimport env ext_offchain_http_request_start_version_1
func ext_offchain_http_request_start_version_1(method, uri, meta uint64) uint64

//go:wasmimport env ext_offchain_http_request_add_header_version_1
func ext_offchain_http_request_add_header_version_1(id uint32, name, value uint64) uint64

//go:wasmimport env ext_offchain_http_request_write_body_version_1
func ext_offchain_http_request_write_body_version_1(id uint32, chunk, deadline uint64) uint64

//go:wasmimport env ext_offchain_http_response_wait_version_1
func ext_offchain_http_response_wait_version_1(ids, deadline uint64) uint64

//go:wasmimport env ext_offchain_http_response_headers_version_1
func ext_offchain_http_response_headers_version_1(id uint32) uint64

//go:wasmimport env ext_offchain_http_response_read_body_version_1
func ext_offchain_http_response_read_body_version_1(id uint32, buffer, deadline uint64) uint64

func hostStartRequest(method, uri string, meta []byte) (RequestID, bool) {
	id, _, ok := host.TakeResultFixed[[2]byte](
		ext_offchain_http_request_start_version_1(host.String(method), host.String(uri), host.Bytes(meta)))
	return RequestID(id[0]) | RequestID(id[1])<<8, ok
}

func hostAddHeader(id RequestID, name, value string) bool {
	_, _, ok := host.TakeResultFixed[struct{}](
		ext_offchain_http_request_add_header_version_1(uint32(id), host.String(name), host.String(value)))
	return ok
}

func hostWriteBody(id RequestID, chunk []byte, deadline uint64) (uint8, bool) {
	until := encodeDeadline(deadline)
	_, err, ok := host.TakeResultFixed[struct{}](
		ext_offchain_http_request_write_body_version_1(uint32(id), host.Bytes(chunk), host.Bytes(until)))
	return err, ok
}

func hostWait(ids []RequestID, deadline uint64) []Status {
	list, until := encodeIDs(ids), encodeDeadline(deadline)
	d := scale.NewDecoder(host.Take(
		ext_offchain_http_response_wait_version_1(host.Bytes(list), host.Bytes(until))))
	result := make([]Status, d.Len(1))
	for i := range result {
		switch d.U8() {
		case 0:
			result[i] = StatusDeadlineReached
		case 1:
			result[i] = StatusIOError
		case 2:
			result[i] = StatusInvalid
		default:
			result[i] = Status(d.U16())
		}
	}
	return result
}

func hostHeaders(id RequestID) []Header {
	d := scale.NewDecoder(host.Take(ext_offchain_http_response_headers_version_1(uint32(id))))
	headers := make([]Header, d.Len(2))
	for i := range headers {
		headers[i] = Header{d.BytesView(), d.BytesView()}
	}
	return headers
}

func hostReadBody(id RequestID, buffer []byte, deadline uint64) (uint32, uint8, bool) {
	until := encodeDeadline(deadline)
	n, err, ok := host.TakeResultFixed[[4]byte](
		ext_offchain_http_response_read_body_version_1(uint32(id), host.Bytes(buffer), host.Bytes(until)))
	return uint32(n[0]) | uint32(n[1])<<8 | uint32(n[2])<<16 | uint32(n[3])<<24, err, ok
}
