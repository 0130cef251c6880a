// What the exit codes of `orderhub` mean; printed by --help, so scripts may rely on them.
#pragma once

namespace orderhub::cli {

inline constexpr int kOk = 0;
inline constexpr int kFailed = 1;       ///< refused or failed
inline constexpr int kUsage = 2;        ///< the command line is wrong
inline constexpr int kUnreachable = 3;  ///< no hub answers there, or not in time
inline constexpr int kConflict = 4;     ///< 409, 422: changed meanwhile, or not possible now
inline constexpr int kNotFound = 5;
inline constexpr int kDifferences = 6;  ///< a reconciliation has found some

}  // namespace orderhub::cli
