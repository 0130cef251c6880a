// Named points at which a test kills the hub: ORDERHUB_CRASH_AT=name or name:N (the N-th time it is
// passed). Builds without ORDERHUB_CRASH_POINTS have none. The list of names is
// tests/crash/points.txt.
#pragma once

namespace orderhub::routing {

#ifdef ORDERHUB_CRASH_POINTS
/// Kills this process with SIGKILL if the environment names this point. Any thread.
void crash_point(const char* name);
#else
inline void crash_point(const char*) {}
#endif

}  // namespace orderhub::routing
