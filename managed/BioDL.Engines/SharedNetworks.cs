using BioDL.Core;
using BioDL.Core.Running;

namespace BioDL.Engines;

/// <summary>
/// The networks of one model: loaded on a device when first used there, then shared by all threads. Closing the model while a run goes on
/// is
/// safe: the networks are freed when the last run has ended. Memory of past runs is given back when no run has followed for a moment: a
/// series of images then finds it warm, and an idle host holds none.
/// </summary>
/// <param name="engine">loads the network, at most once on each device</param>
/// <param name="file">the network</param>
public sealed class SharedNetworks(IEngine engine, NetworkFile file) : IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, INetwork> _loaded = [];
    private Timer? _trim;
    private int _users = 1;
    private bool _closed;

    /// <summary>Count a user in; the networks live until it is disposed.</summary>
    /// <exception cref="BioDLException"><see cref="Status.InvalidHandle"/>: the model is closed.</exception>
    public Use Enter()
    {
        lock (_lock)
        {
            if (_closed)
                throw new BioDLException(Status.InvalidHandle, "The model is closed.", "Open it again.");
            _users++;
            _trim?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
        return new Use(this);
    }

    /// <summary>No further users; frees the networks now or when the last user leaves.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_closed)
                return;
            _closed = true;
        }
        Leave();
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_users > 0)
            {
                // Only the open model itself is left.
                if (_users == 1 && !_closed)
                    (_trim ??= new Timer(_ => Trim())).Change(Idle, Timeout.InfiniteTimeSpan);
                return;
            }
            _trim?.Dispose();
            foreach (INetwork network in _loaded.Values)
                (network as IDisposable)?.Dispose();
            _loaded.Clear();
        }
    }

    /// <summary>Under the lock, so that no run begins meanwhile; it takes about a millisecond.</summary>
    internal void Trim()
    {
        lock (_lock)
        {
            if (_users != 1 || _closed)
                return;
            foreach (INetwork network in _loaded.Values)
                network.Trim();
        }
    }

    private INetwork On(DeviceInfo device)
    {
        // Loading under the lock: a second thread waits for the first to load rather than loading the same network again.
        lock (_lock)
        {
            if (!_loaded.TryGetValue(device.Id, out INetwork? network))
                _loaded[device.Id] = network = engine.Load(file, device);
            return network;
        }
    }

    /// <summary>A user of the networks.</summary>
    public sealed class Use : IDisposable
    {
        private SharedNetworks? _networks;

        internal Use(SharedNetworks networks) => _networks = networks;

        /// <summary>The network on a device, loaded now if it was not.</summary>
        /// <exception cref="NetworkException">The device cannot run it.</exception>
        public INetwork On(DeviceInfo device)
        {
            ObjectDisposedException.ThrowIf(_networks is null, this);
            return _networks.On(device);
        }

        public void Dispose() => Interlocked.Exchange(ref _networks, null)?.Leave();
    }
}
