// Which call of a connector's own process runs code of the connector now, in memory that the hub
// shares with the process: when that ends, the hub knows which call did it.
#pragma once

#include <cstdint>

namespace orderhub::connectors {

class RunningCall {
public:
    /// A descriptor of such memory, whose length nobody can change; -1 with errno if there is none.
    static int make_memory();

    /// The descriptor may be closed afterwards. If it cannot be mapped, no call ever seems to run.
    explicit RunningCall(int descriptor);
    RunningCall(const RunningCall&) = delete;
    RunningCall& operator=(const RunningCall&) = delete;
    ~RunningCall();

    /// 0 for none.
    void set(std::uint32_t call);
    /// The process may have written whatever it likes.
    std::uint32_t get() const;

private:
    std::uint32_t* number_ = nullptr;
};

}  // namespace orderhub::connectors
