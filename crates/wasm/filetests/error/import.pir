; test error
import @main.f = "wasi_snapshot_preview1" "fd_write" (i32)
export "f" @f
func @f() {
block0:
    v0 = i32const 1
    call @main.f(v0) : (i32)
    return
}

; main.f imports fd_write from module "wasi_snapshot_preview1": polkadot provides only functions of env
