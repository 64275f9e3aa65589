package offchain

// A RequestID names a request of HTTP.
type RequestID uint16

// An HTTPError says why a request did not go on.
type HTTPError uint8

// What can go wrong with a request.
const (
	DeadlineReached HTTPError = 1
	IOError         HTTPError = 2
	InvalidID       HTTPError = 3 // no such request, or it has ended
)

func (e HTTPError) Error() string {
	switch e {
	case DeadlineReached:
		return "the deadline was reached"
	case IOError:
		return "the connection failed"
	}
	return "there is no such request"
}

// A Status is how far a request is: one of the codes below 100, or the status code of the response.
type Status uint16

// Codes of requests that have no response.
const (
	StatusInvalid         Status = 0
	StatusDeadlineReached Status = 10
	StatusIOError         Status = 20
)

// A Header is a header of a response.
type Header struct{ Name, Value []byte }

// NoDeadline as a deadline means waiting for ever.
const NoDeadline = ^uint64(0)

// StartRequest begins a request by a method such as "GET" to a URI. meta is not used by nodes. It reports whether the
// node took it.
func StartRequest(method, uri string, meta []byte) (id RequestID, ok bool) {
	return hostStartRequest(method, uri, meta)
}

// AddHeader adds a header to a request of which nothing was sent. It reports whether that was so.
func AddHeader(id RequestID, name, value string) bool { return hostAddHeader(id, name, value) }

// WriteBody adds a chunk to the body of a request. An empty one ends and sends it. The deadline is in milliseconds
// since 1970. The error is an [HTTPError].
func WriteBody(id RequestID, chunk []byte, deadline uint64) error {
	if e, ok := hostWriteBody(id, chunk, deadline); !ok {
		return HTTPError(e)
	}
	return nil
}

// Wait waits for the responses of requests until a deadline, in milliseconds since 1970, and returns their status.
func Wait(ids []RequestID, deadline uint64) []Status { return hostWait(ids, deadline) }

// Headers returns the headers of a response. They must be read before the body.
func Headers(id RequestID) []Header { return hostHeaders(id) }

// ReadBody reads the next bytes of the body of a response into buffer and returns their number, 0 at the end, after
// which the request is gone. The deadline is in milliseconds since 1970. The error is an [HTTPError].
func ReadBody(id RequestID, buffer []byte, deadline uint64) (n int, err error) {
	read, e, ok := hostReadBody(id, buffer, deadline)
	if !ok {
		return 0, HTTPError(e)
	}
	return int(read), nil
}
