//! What offchain workers find that blocks do not: time, a seed, HTTP, local storage and the transaction pool.

use sp_core::offchain::testing::{PendingRequest, TestOffchainExt, TestTransactionPoolExt};
use sp_core::offchain::{OffchainDbExt, OffchainWorkerExt, Timestamp, TransactionPoolExt};
use sp_externalities::Extensions;

/// A node around an offchain worker, in memory. It is a validator without peers.
#[derive(Debug, Clone, Default)]
pub struct OffchainWorker {
    /// Milliseconds since 1970 when the worker begins. Time passes by its sleeping alone.
    pub timestamp: u64,
    /// What the worker gets as random.
    pub seed: [u8; 32],
    /// The requests that the worker has to make, in this order, with what answers them: others end the call.
    pub requests: Vec<HttpExchange>,
}

/// A request and its response.
#[derive(Debug, Clone, Default)]
pub struct HttpExchange {
    /// `GET` or another method.
    pub method: String,
    /// Where it goes to.
    pub uri: String,
    /// Its headers: names and values.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: Vec<u8>,
    /// The body of the response, whose status is 200.
    pub response: Vec<u8>,
    /// The headers of the response.
    pub response_headers: Vec<(String, String)>,
}

impl OffchainWorker {
    /// Adds to the extensions of a state what the worker finds.
    pub(crate) fn register(self, extensions: &mut Extensions) {
        let (worker, state) = TestOffchainExt::new();
        {
            let mut state = state.write();
            state.timestamp = Timestamp::from_unix_millis(self.timestamp);
            state.seed = self.seed;
            for request in self.requests {
                state.expect_request(PendingRequest {
                    method: request.method,
                    uri: request.uri,
                    headers: request.headers,
                    body: request.body,
                    sent: true,
                    response: Some(request.response),
                    response_headers: request.response_headers,
                    ..PendingRequest::default()
                });
            }
        }
        // It panics where it is dropped before the worker made all requests. That is for the worker's tests to find
        // out, so that the few bytes are left to themselves.
        std::mem::forget(state);
        extensions.register(OffchainDbExt::new(worker.clone()));
        extensions.register(OffchainWorkerExt::new(worker));
        extensions.register(TransactionPoolExt::new(TestTransactionPoolExt::new().0));
    }
}
