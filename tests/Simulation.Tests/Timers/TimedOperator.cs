using System.Globalization;
using Weir.Runtime.Kernels;
using Weir.Runtime.Operators.Windows;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;
using Weir.Runtime.State.Timers;
using Weir.Runtime.Streams;

namespace Weir.Simulation.Tests.Timers;

/// <summary>What a record or a timer does in a test.</summary>
/// <param name="operator">The operator, its current key set.</param>
/// <param name="value">The record's value; of a timer its name.</param>
/// <param name="time">The event time of the record; the time of the timer.</param>
internal delegate void TimedAction(TimedOperator @operator, string value, long time);

/// <summary>A keyed operator with one value a key and with timers in both kinds of time: the least that a process function needs.</summary>
internal sealed class TimedOperator : Receiver<(long Key, string Value)>, IStatefulOperator, IClockListener
{
    private readonly SubtaskContext _subtask;
    private readonly List<string> _output;
    private readonly TimedAction _onRecord;
    private readonly TimedAction _onTimer;
    private readonly StateTable<long, NoNamespace, long> _values;
    private readonly TimerQueue<long, string, Keys> _eventTimers;
    private readonly TimerQueue<long, string, Keys> _clockTimers;
    private readonly KeyedState _state;
    private long _watermark = long.MinValue;

    public TimedOperator(SubtaskContext subtask, List<string> output, TimedAction onRecord, TimedAction onTimer)
    {
        _subtask = subtask;
        _output = output;
        _onRecord = onRecord;
        _onTimer = onTimer;
        var functor = new Keys(subtask.Job.Seed);
        var (keys, names) = (Codecs.Of<long>(), Codecs.Of<string>());
        _values = subtask.Job.Backend.Open(
            new EntryCodecs<long, NoNamespace, long>(keys, NoNamespace.Codec, keys), functor, subtask.Job.Seed);
        _eventTimers = new(keys, names, functor, subtask.Job.Seed);
        _clockTimers = new(keys, names, functor, subtask.Job.Seed);
        _state = new KeyedState(Id, subtask.Job.KeyGroupCount, _values, _eventTimers, _clockTimers);
    }

    public string Id => "timed";

    public IReadOnlyList<SchemaMember> Schemas => [];

    /// <summary>Whose record or timer it is.</summary>
    public long Key { get; private set; }

    public long Watermark => _watermark;

    public long Now => _subtask.Clock.Now;

    public int Timers => _eventTimers.Count + _clockTimers.Count;

    public long NextDeadline => _clockTimers.NextTime;

    /// <summary>The value of the current key; 0 forgets it.</summary>
    public long Value
    {
        get
        {
            ref var slot = ref _values.Open(default).FindExisting(Key, Hash);
            return System.Runtime.CompilerServices.Unsafe.IsNullRef(ref slot) ? 0 : slot.Value;
        }

        set
        {
            if (value == 0)
            {
                _values.Open(default).Remove(Key, Hash);
            }
            else
            {
                _values.Open(default).Find(Key, Hash).Value = value;
            }
        }
    }

    private ulong Hash => KeyHash.Of(Key, _subtask.Job.Seed);

    public bool Register(bool byClock, string name, long time) => (byClock ? _clockTimers : _eventTimers).Register(Key, name, time);

    public bool Delete(bool byClock, string name, long time) => (byClock ? _clockTimers : _eventTimers).Delete(Key, name, time);

    public void Emit(string line) => _output.Add(line);

    public override void OnBatch(Batch<(long Key, string Value)> batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            Key = batch.Values[i].Key;
            _onRecord(this, batch.Values[i].Value, batch.Times[i]);
        }
    }

    public override void OnWatermark(Watermark watermark)
    {
        _watermark = watermark.Time;
        Fire(_eventTimers, watermark.Time);
        Emit(string.Create(CultureInfo.InvariantCulture, $"WM{watermark.Time}"));
    }

    public override void OnIdle(bool isIdle) => Emit(isIdle ? "idle" : "active");

    public void OnClock(long now) => Fire(_clockTimers, now);

    public void Snapshot(OperatorStateWriter writer)
    {
        _state.Snapshot(writer);
        PaneWatermark.Write(writer, Owned, new Watermark(_watermark));
    }

    public void Restore(OperatorState state)
    {
        _state.Restore(state.KeyGroups);
        _watermark = PaneWatermark.Read(state, Owned).Time;
    }

    private KeyGroupRange Owned => KeyGroups.RangeOf(0, _subtask.Job.KeyGroupCount, 1);

    private void Fire(TimerQueue<long, string, Keys> timers, long time)
    {
        while (timers.TryTake(time, out var timer))
        {
            Key = timer.Key;
            _onTimer(this, timer.Namespace, timer.Time);
        }
    }

    private readonly struct Keys(KeySeed seed) : ITableFunctor<long, long>
    {
        public ulong Hash(in long key) => KeyHash.Of(key, seed);

        public bool AreEqual(in long left, in long right) => left == right;

        public long Create() => 0;
    }
}
