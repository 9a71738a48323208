using Weir.Runtime.Channels;
using Weir.Runtime.Streams;
using Weir.Runtime.Time;
using Barrier = Weir.Runtime.Streams.Barrier;

namespace Weir.Runtime.Tests.Channels;

/// <summary>
/// Random scripts of data, barriers, ends and cancellations over some channels, in every mode, against what a checkpoint must hold: each
/// record that was sent in front of a barrier is in the state or in flight, once, in order; and no other is.
/// </summary>
public sealed class GateScriptTests
{
    private const int FixedSeeds = 4_000;
    private const int FreshSeeds = 4_000;

    [Fact]
    public void Each_record_in_front_of_a_barrier_is_in_the_state_or_in_flight_once()
    {
        // The first: a barrier that was given up hid one that had overtaken it.
        foreach (var seed in Enumerable.Range(0, FixedSeeds).Prepend(223_767_895))
        {
            new Script(seed).Run();
        }
    }

    [Fact]
    public void Each_record_in_front_of_a_barrier_is_in_the_state_or_in_flight_once_for_seeds_that_nobody_has_tried()
    {
        var first = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"The first seed is {first}.");
        for (var seed = 0; seed < FreshSeeds; seed++)
        {
            new Script(unchecked(first + seed)).Run();
        }
    }

    private enum Mode
    {
        Aligned,
        Unaligned,
        TimedOut,
        AtLeastOnce,
    }

    private sealed class Script
    {
        private readonly int _seed;
        private readonly Random _random;
        private readonly Mode _mode;
        private readonly Channel<int>[] _channels;
        private readonly SentInFlight<int>[] _senders;
        private readonly InputGate<int> _gate;
        private readonly Taken _taken = new();
        private readonly List<int>[] _sent;
        private readonly bool[] _ended;
        private readonly bool[] _isInLine;

        // By checkpoint: how many records each channel had been sent in front of the barrier, and what senders had kept.
        private readonly Dictionary<long, int?[]> _cuts = [];
        private readonly Dictionary<long, Barrier> _barriers = [];
        private readonly Dictionary<(long, int), IReadOnlyList<int>> _kept = [];
        private readonly Dictionary<long, IReadOnlyList<int>[]> _received = [];
        private readonly Dictionary<long, int[]> _state = [];
        private readonly HashSet<long> _over = [];
        private long _now = 1;
        private long _newest;
        private int _next;

        public Script(int seed)
        {
            _seed = seed;
            _random = new Random(seed);
            _mode = (Mode)_random.Next(4);
            var count = _random.Next(1, 5);
            _channels = [.. Enumerable.Range(0, count).Select(i => new Channel<int>($"{i}", _random.Next(1, 5), 4))];
            _isInLine = [.. _channels.Select(_ => _random.Next(5) == 0)];
            _senders = [.. _channels.Select((channel, i) => new SentInFlight<int>($"{i}", [channel], [0]))];
            _sent = [.. _channels.Select(_ => new List<int>())];
            _ended = new bool[count];
            _gate = new InputGate<int>(new GateParts<int>(
                "head",
                [.. _channels.Select((channel, i) => new GateEdge<int>($"{i}", [channel]) { IsInLine = _isInLine[i] })],
                new Lanes(),
                _taken,
                (checkpoint, _) => _over.Add(checkpoint.Value))
            {
                Blocks = _mode != Mode.AtLeastOnce,
            });
            _gate.Open();
        }

        public void Run()
        {
            for (var steps = 60 + _random.Next(60); steps > 0; steps--)
            {
                Do(_random.Next(_channels.Length));
            }

            for (var idle = 0; idle < 3;)
            {
                _now += 100;
                Array.ForEach(_channels, Drain);
                idle = Step(isBarrierOnly: false) ? 0 : idle + 1;
                Settle();
            }

            Check();
        }

        private void Do(int channel)
        {
            switch (_random.Next(9))
            {
                case <= 2:
                    Send(channel);
                    break;
                case 3:
                    Begin(channel);
                    break;
                case 4 when _random.Next(12) == 0 && !_ended[channel] && _channels.Length > 1:
                    _ended[channel] = true;
                    _channels[channel].Write(StreamElement<int>.End);
                    break;
                case 5 when _random.Next(4) == 0 && _newest > 0:
                    GiveUp(_newest);
                    break;
                case 6:
                    _now += _random.Next(4);
                    break;
                case 7:
                    Drain(_channels[channel]);
                    break;
                default:
                    Step(isBarrierOnly: _random.Next(4) == 0);
                    break;
            }

            Settle();
        }

        private void Send(int channel)
        {
            if (_ended[channel])
            {
                return;
            }

            var batch = _channels[channel].Rent();
            batch.Add(_next);
            _sent[channel].Add(_next++);
            _channels[channel].Write(StreamElement<int>.Of(batch, 1));
        }

        // One checkpoint at a time: the next begins when the one before is over, and each channel is sent its barrier in its own time.
        private void Begin(int channel)
        {
            if (_newest == 0 || IsOver(_newest))
            {
                _newest++;
                _cuts[_newest] = new int?[_channels.Length];
                _barriers[_newest] = new Barrier(new CheckpointName(1, new CheckpointId(_newest)), false)
                {
                    OvertakesAt = _mode switch
                    {
                        Mode.Unaligned => Barrier.AtOnce,
                        Mode.TimedOut => _now + 5,
                        _ => Barrier.Never,
                    },
                };
            }

            if (_ended[channel] || _over.Contains(_newest) || _cuts[_newest][channel] is not null)
            {
                return;
            }

            _cuts[_newest][channel] = _sent[channel].Count;
            var barrier = _isInLine[channel] ? _barriers[_newest].InLine : _barriers[_newest];
            _channels[channel].Send(barrier);
            if (barrier.MayOvertake)
            {
                _senders[channel].Begin(barrier);
            }
        }

        private bool IsOver(long checkpoint) => _over.Contains(checkpoint)
            || (_state.ContainsKey(checkpoint) && (!_barriers[checkpoint].MayOvertake || IsKnown(checkpoint)));

        private bool IsKnown(long checkpoint) => _received.ContainsKey(checkpoint)
            && _cuts[checkpoint].Select((cut, channel) => (cut, channel))
                .All(of => of.cut is null || _isInLine[of.channel] || _kept.ContainsKey((checkpoint, of.channel)));

        private void GiveUp(long checkpoint)
        {
            if (_state.ContainsKey(checkpoint) && IsOver(checkpoint))
            {
                return;
            }

            _over.Add(checkpoint);
            _gate.OnForget(new CheckpointId(checkpoint));
            Array.ForEach(_senders, sender => sender.Forget(new CheckpointId(checkpoint)));
        }

        private bool Step(bool isBarrierOnly)
        {
            var step = isBarrierOnly ? _gate.StepBarrier(_now, out var barrier) : _gate.Step(_now, out barrier);
            if (step == HeadStep.Barrier)
            {
                var checkpoint = barrier.Checkpoint.Id.Value;
                Assert.True(_state.TryAdd(checkpoint, [.. _sent.Select((sent, _) => sent.Count(_taken.Has))]), Text("cut twice"));
                _gate.OnCut(barrier.Checkpoint.Id);
            }

            return step != HeadStep.Nothing;
        }

        private void Settle()
        {
            if (_newest == 0 || !_barriers[_newest].MayOvertake || _over.Contains(_newest))
            {
                return;
            }

            for (var channel = 0; channel < _channels.Length; channel++)
            {
                if (_cuts[_newest][channel] is not null && !_isInLine[channel] && !_kept.ContainsKey((_newest, channel))
                    && InFlightRun.TrySnapshot(_senders[channel], _barriers[_newest], _now) is { } kept)
                {
                    _kept[(_newest, channel)] = [.. kept.Select(element => element.Value)];
                }
            }

            if (_state.ContainsKey(_newest) && !_received.ContainsKey(_newest)
                && InFlightRun.TrySnapshot(_gate, _barriers[_newest], _now) is { } received)
            {
                _received[_newest] = [.. _channels.Select((_, channel) =>
                    (IReadOnlyList<int>)[.. received.Where(element => element.Channel == channel).Select(element => element.Value)])];
            }
        }

        private static void Drain(Channel<int> channel)
        {
            var isProgress = false;
            channel.TryDrain(ref isProgress);
        }

        private void Check()
        {
            for (var channel = 0; channel < _channels.Length; channel++)
            {
                Assert.True(
                    _sent[channel].SequenceEqual(_taken.All.Where(_sent[channel].Contains)) || !IsOver(_newest),
                    Text($"records of channel {channel} were lost, doubled or mixed up"));
            }

            foreach (var (checkpoint, state) in _state.Where(pair => !_over.Contains(pair.Key) && IsOver(pair.Key)))
            {
                for (var channel = 0; channel < _channels.Length; channel++)
                {
                    Check(checkpoint, channel, state[channel]);
                }
            }
        }

        private void Check(long checkpoint, int channel, int inState)
        {
            var front = _cuts[checkpoint][channel] ?? _sent[channel].Count;
            if (_mode == Mode.AtLeastOnce)
            {
                Assert.True(
                    inState >= front, Text($"of channel {channel} {front} records were sent, {inState} are in checkpoint {checkpoint}"));
                return;
            }

            var received = _received.TryGetValue(checkpoint, out var all) ? all[channel] : [];
            IEnumerable<int> held = [.. _sent[channel].Take(inState), .. received, .. _kept.GetValueOrDefault((checkpoint, channel), [])];
            Assert.True(
                _sent[channel].Take(front).SequenceEqual(held),
                Text($"checkpoint {checkpoint} holds of channel {channel} {string.Join(' ', held)} and not the first {front} of "
                    + string.Join(' ', _sent[channel])));
            Assert.True(!_isInLine[channel] || !held.Skip(inState).Any(), Text($"channel {channel} is never in flight"));
        }

        private string Text(string what) => $"seed {_seed}, {_mode}: {what}";
    }

    private sealed class Taken : Receiver<int>
    {
        private readonly HashSet<int> _has = [];

        public List<int> All { get; } = [];

        public bool Has(int value) => _has.Contains(value);

        public override void OnBatch(Batch<int> batch)
        {
            foreach (var value in batch.Values)
            {
                All.Add(value);
                _has.Add(value);
            }
        }

        public override void OnWatermark(Watermark watermark)
        {
        }

        public override void OnIdle(bool isIdle)
        {
        }
    }
}
