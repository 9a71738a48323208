namespace Weir.Runtime.Subtasks;

/// <summary>Asks the function of one stage about a record, and those behind it about what is made of it. Puts nothing out.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="on">Asks about a record with its event time; null if it has none.</param>
internal sealed class Probe<T>(Action<T, long?> on)
{
    public void On(T value, long? time) => on(value, time);
}
