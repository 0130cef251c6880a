// Can this instance work: is RT there, is the token good, do queues and fields exist, do the rights
// suffice?
#pragma once

#include "client.hpp"

namespace orderhub::request_tracker {

/// Returns if all is well; throws Stop with a sentence that says what to mend.
void check_desk(const Settings& settings, Client& client);

}  // namespace orderhub::request_tracker
