/* SPDX-License-Identifier: MIT */
/** @file catalogue.hpp  The models there are, devices, versions, files that a host writes. */
#ifndef BIODL_CPP_CATALOGUE_HPP
#define BIODL_CPP_CATALOGUE_HPP

#include <optional>
#include <string_view>
#include "biodl/cpp/image.hpp"
#include "biodl/cpp/progress.hpp"

namespace biodl
{

/** A listing of models, as they were when it was made; see catalogue.h. */
class catalogue
{
public:
    /** @param online  also those of the online collection; when it cannot be reached, warnings() says so */
    explicit catalogue(bool online = false)
    {
        detail::require_abi();
        handle_ = detail::created<decltype(handle_)>(biodl_catalogue_open, online ? 1 : 0);
    }

    explicit catalogue(biodl_catalogue* taken) noexcept : handle_(taken)
    {
    }

    [[nodiscard]] std::int64_t size() const
    {
        std::int64_t count = 0;
        detail::call(biodl_catalogue_count, handle_.get(), &count);
        return count;
    }

    /** @param index  from 0, below size() */
    [[nodiscard]] sized<biodl_catalogue_entry> operator[](std::int64_t index) const&
    {
        return detail::described<biodl_catalogue_entry>(biodl_catalogue_get, handle_.get(), index);
    }

    sized<biodl_catalogue_entry> operator[](std::int64_t index) const&& = delete;

    /** What went wrong without stopping the listing, one a line. */
    [[nodiscard]] std::string warnings() const
    {
        const char* lines = nullptr;
        detail::call(biodl_catalogue_warnings, handle_.get(), &lines);
        return lines;
    }

private:
    detail::handle<biodl_catalogue, biodl_catalogue_destroy> handle_;
};

/**
 * Install a model.
 * @param source  UTF-8: a file or folder, a URL, the id of an online model
 * @param sha256  of the file, 64 hexadecimal digits; empty: not checked beyond what the package says
 * @return a listing of the installed model alone
 */
inline catalogue install(const std::string& source, const std::string& sha256 = {}, const progress_function& progress = {})
{
    detail::require_abi();
    return catalogue(detail::watched(progress,
        [&](biodl_progress_fn tell, void* data)
        {
            biodl_catalogue* raw = nullptr;
            detail::call(biodl_model_install, source.c_str(), detail::text(sha256), tell, data, &raw);
            return raw;
        }));
}

/** Remove an installed model; those that are open stay usable. @param id  of the model */
inline void uninstall(const std::string& id)
{
    detail::call(biodl_model_remove, id.c_str());
}

/** What can run a network here, and what cannot and why. Its text lives as long as the process. */
[[nodiscard]] inline std::vector<sized<biodl_device_info>> devices()
{
    detail::require_abi();
    std::int32_t count = 0;
    detail::call(biodl_device_count, &count);
    std::vector<sized<biodl_device_info>> all;
    for (std::int32_t i = 0; i < count; i++)
        all.push_back(detail::described<biodl_device_info>(biodl_device_get, i));
    return all;
}

/** Versions and places, for logs and bug reports. Its text lives as long as the process. */
[[nodiscard]] inline sized<biodl_version_info> version()
{
    return detail::described<biodl_version_info>(biodl_version_get);
}

/**
 * Before a run: may these files be written? See output.h.
 * @throws error  INVALID_ARGUMENT, with the name of the one that must not be
 */
inline void check_outputs(std::span<const std::string> outputs, std::span<const std::string> inputs, bool overwrite = false)
{
    const auto paths = [](std::span<const std::string> names)
    {
        std::vector<const char*> all(names.size());
        std::ranges::transform(names, all.begin(), [](const std::string& name) { return name.c_str(); });
        return all;
    };
    const auto to = paths(outputs), from = paths(inputs);
    detail::call(biodl_outputs_check, to.data(), static_cast<std::int64_t>(to.size()), from.data(), static_cast<std::int64_t>(from.size()),
        overwrite ? 1 : 0);
}

/** After it: move a whole file, written in the same folder, to its place. */
inline void place_output(const std::string& written, const std::string& path, bool overwrite = false)
{
    detail::call(biodl_output_place, written.c_str(), path.c_str(), overwrite ? 1 : 0);
}

}

#endif
