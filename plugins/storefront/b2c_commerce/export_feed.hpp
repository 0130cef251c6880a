// Order exports as a second way in: a file names the orders, the API says what they are. The export
// has no ids of lines; a record made of it would give an order's lines another identity than the
// API's record of the same order.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "client.hpp"
#include "cursor.hpp"
#include "export_folder.hpp"

namespace orderhub::b2c_commerce {

/// The files of one instance. Between polls it keeps nothing but what spares work: the cursor says
/// how far the files were read, the instance's state which of them cannot be read.
class ExportFeed {
public:
    /// `settings` stays with its owner, who outlives this.
    explicit ExportFeed(const Settings& settings) : settings_(settings) {}
    ExportFeed(const ExportFeed&) = delete;
    ExportFeed& operator=(const ExportFeed&) = delete;

    /// Reads the orders that files name, those that landed first first, and moves `progress` behind
    /// them; at most 100 orders. What is wrong with a file, or an order of it, is logged and left
    /// out. Throws Stop where the API cannot be asked; `progress` then says what was done before.
    void read(Client& client, sdk::Call& call, ExportProgress& progress);

    /// Throws Stop (rejected) if the directory, or a file that lies in it, cannot be read.
    void check(sdk::Call& call) const;

private:
    enum class Turn { next_file, over };

    Turn read_file(Client& client, sdk::Call& call, const ExportFile& file,
                   ExportProgress& progress);
    void bring(Client& client, sdk::Call& call, const ExportedOrder& order,
               const std::string& file);
    const ExportReading& reading_of(sdk::Call& call, const ExportFile& file);

    const Settings& settings_;
    std::size_t budget_ = 0;  ///< orders that this poll may still ask for
    ExportFile last_file_;    ///< what last_reading_ is of
    ExportReading last_reading_;
    std::string failing_;  ///< the order that failed last, with its file
    int failures_ = 0;     ///< in a row
    std::string told_;     ///< what was last said of the directory
};

}  // namespace orderhub::b2c_commerce
