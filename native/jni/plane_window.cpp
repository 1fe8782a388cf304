/* SPDX-License-Identifier: MIT */
#include "tables.h"

#include <atomic>
#include <chrono>
#include <cstdio>

namespace biodl_jni
{
namespace
{
std::atomic<int64_t> locks{0}, copies{0}, held{0}, total_ns{0}, longest_ns{0};

int64_t now() { return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

void count_release(int64_t duration)
{
    held--;
    total_ns += duration;
    int64_t longest = longest_ns;
    while (duration > longest && !longest_ns.compare_exchange_weak(longest, duration))
    {}
}
}

// ImageView has checked that nothing overflows.
PlaneWindow::PlaneWindow(JNIEnv* env, jobject view) : _env(env), _thread(std::this_thread::get_id())
{
    if (!view || env->ExceptionCheck())
        return;
    std::deque<std::string> none;
    _planes = env->GetObjectField(view, names().view_planes);
    _image = tables::image.of(env, view, none);
    _image.lock = lock;
    _image.unlock = unlock;
    _image.user_data = this;
    const int64_t size = biodl_dtype_size(_image.dtype);
    const int64_t last = (_image.shape[3] - 1) * _image.strides[3] + (_image.shape[4] - 1) * _image.strides[4];
    _pixels = size > 0 ? (_image.offset + last) / size + 1 : 0;
}

PlaneWindow::~PlaneWindow()
{
    if (_array)
        release(false);
    if (_planes)
        _env->DeleteLocalRef(_planes);
}

void* PlaneWindow::lock(void* user_data, int64_t plane) { return static_cast<PlaneWindow*>(user_data)->pin(plane); }

void PlaneWindow::unlock(void* user_data, int64_t, void*, int32_t written) { static_cast<PlaneWindow*>(user_data)->release(written != 0); }

// Another thread has another JNIEnv, and a second plane would mean a call into Java while the first is pinned: the header promises neither.
void* PlaneWindow::pin(int64_t plane)
{
    if (_array || std::this_thread::get_id() != _thread || _env->ExceptionCheck())
        return nullptr;
    jobject array = _env->CallObjectMethod(_planes, names().plane, static_cast<jlong>(plane));
    if (_env->ExceptionCheck())
        return nullptr;
    if (!fits(array))
    {
        char message[160];
        std::snprintf(message, sizeof message, "Plane %lld of the image has other pixels than when the run began.",
            static_cast<long long>(plane) + 1);
        throw_error(_env, BIODL_STATUS_HOST, message, "Leave the image as it is until the command has finished, then run it again.");
        return nullptr;
    }
    jboolean copied = JNI_FALSE;
    _array = static_cast<jarray>(array);
    _start = _env->GetPrimitiveArrayCritical(_array, &copied);
    _since = now();
    locks++;
    held++;
    copies += copied ? 1 : 0;
    if (!_start)
        release(false);
    return _start;
}

void PlaneWindow::release(bool written)
{
    if (!_array)
        return;
    if (_start)
        _env->ReleasePrimitiveArrayCritical(_array, _start, written ? 0 : JNI_ABORT);
    count_release(now() - _since);
    _env->DeleteLocalRef(_array);
    _array = nullptr;
    _start = nullptr;
}

bool PlaneWindow::fits(jobject array) const
{
    const Names& n = names();
    const jclass type = _image.dtype == BIODL_DTYPE_UINT8 ? n.bytes
        : _image.dtype == BIODL_DTYPE_UINT16              ? n.shorts
        : _image.dtype == BIODL_DTYPE_FLOAT32             ? n.floats
                                                          : n.ints;
    return array && _env->IsInstanceOf(array, type) && _env->GetArrayLength(static_cast<jarray>(array)) >= _pixels;
}

biodl_window_counters read_window_counters()
{
    return {locks, copies, held, static_cast<double>(total_ns) * 1e-6, static_cast<double>(longest_ns) * 1e-6};
}

void reset_longest_window() { longest_ns = 0; }
}
