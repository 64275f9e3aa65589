package runtime

import "unsafe"

// Arguments and environment, as the host gives them. They are read when they are first asked for.

var (
	envs     []string
	haveEnvs bool
)

func environment() []string {
	if !haveEnvs {
		haveEnvs = true
		envs = readEnvironment()
	}
	return envs
}

// gogetenv returns the value of an environment variable at the start of the program.
func gogetenv(key string) (value string, found bool) {
	for _, s := range environment() {
		if len(s) > len(key) && s[len(key)] == '=' && s[:len(key)] == key {
			return s[len(key)+1:], true
		}
	}
	return "", false
}

// splitStrings cuts the n strings that a host has written, each with a zero byte behind it.
func splitStrings(buf []byte, n int) []string {
	list := make([]string, 0, n)
	start := 0
	for i, c := range buf {
		if c == 0 && len(list) < n {
			list = append(list, string(buf[start:i]))
			start = i + 1
		}
	}
	return list
}

//go:linkname syscall_runtime_envs syscall.runtime_envs
func syscall_runtime_envs() []string { return append([]string{}, environment()...) }

//go:linkname os_runtime_args os.runtime_args
func os_runtime_args() []string { return readArguments() }

//go:linkname syscall_Getpagesize syscall.Getpagesize
func syscall_Getpagesize() int { return 64 << 10 }

//go:linkname syscall_Exit syscall.Exit
func syscall_Exit(code int) { exitProgram(int32(code)) }

// beforeExit is what os.Exit does first.
//
//go:linkname os_beforeExit os.runtime_beforeExit
func os_beforeExit(exitCode int) {}

//go:linkname os_sigpipe os.sigpipe
func os_sigpipe() { exitProgram(2) }

//go:linkname syscall_runtimeSetenv syscall.runtimeSetenv
func syscall_runtimeSetenv(key, value string) {
	if key == "GODEBUG" {
		godebugNotify(value)
	}
}

//go:linkname syscall_runtimeUnsetenv syscall.runtimeUnsetenv
func syscall_runtimeUnsetenv(key string) {
	if key == "GODEBUG" {
		godebugNotify("")
	}
}

//go:linkname syscall_runtimeClearenv syscall.runtimeClearenv
func syscall_runtimeClearenv(env map[string]int) { godebugNotify("") }

// godebugUpdate is how internal/godebug wants to learn of new settings.
var godebugUpdate func(defaults, env string)

func godebugNotify(env string) {
	godebugEnv = env
	setAsyncTimers()
	if godebugUpdate != nil {
		godebugUpdate(godebugDefault, env)
	}
}

// godebugDefault has the settings that the program starts with: what the Go version of its module and its directives say.
// The compiler gives it its value.
var godebugDefault string

// godebugEnv is what the environment says, in programs with package internal/godebug.
var godebugEnv string

// godebug returns the value of a setting.
func godebug(key string) string {
	if value := godebugValue(godebugEnv, key); value != "" {
		return value
	}
	return godebugValue(godebugDefault, key)
}

// godebugValue returns what settings of the form key=value,key=value say of a key; the last one counts.
func godebugValue(settings, key string) string {
	for end := len(settings); end > 0; {
		start := end
		for start > 0 && settings[start-1] != ',' {
			start--
		}
		if s := settings[start:end]; len(s) > len(key) && s[len(key)] == '=' && s[:len(key)] == key {
			return s[len(key)+1:]
		}
		end = start - 1
	}
	return ""
}

//go:linkname godebug_setUpdate internal/godebug.setUpdate
func godebug_setUpdate(update func(string, string)) {
	godebugUpdate = update
	env, _ := gogetenv("GODEBUG")
	godebugNotify(env)
}

// The runtime has no settings of its own that it would count the uses of.
//
//go:linkname godebug_setNewIncNonDefault internal/godebug.setNewIncNonDefault
func godebug_setNewIncNonDefault(newIncNonDefault func(string) func()) {}

// write writes to a standard stream; only what goes to standard error is asked for.
func write(fd uintptr, p unsafe.Pointer, n int32) int32 {
	printflush()
	writeErr(p, uintptr(n))
	return n
}
