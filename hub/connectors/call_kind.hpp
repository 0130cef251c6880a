// Which function of a connector a call is of.
#pragma once

namespace orderhub::connectors {

enum class CallKind { check, receive, poll, execute };

}  // namespace orderhub::connectors
