package memhost

// An Offchain is what offchain workers reach.
type Offchain struct {
	Validator    bool
	Time         uint64 // milliseconds since 1970
	Seed         [32]byte
	Persistent   Entries // local storage
	Local        Entries // local storage that forks do not share
	Submitted    [][]byte
	RefuseSubmit bool
	NetworkState []byte // nil: an error
	Authorized   [][]byte
	OnlyThem     bool
	HTTP         HTTP // nil: every request is an error
}

// Entries is a store of values by key.
type Entries map[string][]byte

// NewOffchain returns what an offchain worker of a new node reaches.
func NewOffchain() *Offchain { return &Offchain{Persistent: Entries{}, Local: Entries{}} }

// HTTP answers requests.
type HTTP interface {
	// Start begins a request.
	Start(method, uri string, meta []byte) (id uint16, ok bool)
	// AddHeader adds a header to a request that was not sent.
	AddHeader(id uint16, name, value string) bool
	// WriteBody adds to the body of a request, or sends it where chunk is empty. An error is a number.
	WriteBody(id uint16, chunk []byte, deadline uint64, limited bool) (err uint8, ok bool)
	// Wait returns the status of a request, as the host numbers them.
	Wait(id uint16, deadline uint64, limited bool) uint32
	// Headers returns the headers of a response.
	Headers(id uint16) [][2][]byte
	// ReadBody reads from the body of a response. An error is a number.
	ReadBody(id uint16, buffer []byte, deadline uint64, limited bool) (n uint32, err uint8, ok bool)
}

// Worker returns what the offchain worker reaches, for a function that no other may call.
func Worker(function string) *Offchain {
	if Current.Offchain == nil {
		panic(function + " can be called only in the offchain worker context: see native.StartOffchain")
	}
	return Current.Offchain
}
