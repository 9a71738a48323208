namespace Weir.Runtime.State.Tables;

/// <summary>What has gone of a table between two barriers.</summary>
internal sealed class Removals<TKey, TNamespace>(int barrier)
{
    /// <summary>Gets the barrier before which it went.</summary>
    public int Barrier => barrier;

    /// <summary>Gets keys that have gone one by one.</summary>
    public List<(TNamespace Name, TKey Key)> Keys { get; } = [];

    /// <summary>Gets namespaces that have gone with all of their keys.</summary>
    public List<TNamespace> Names { get; } = [];

    /// <summary>Gets the number of both.</summary>
    public int Count => Keys.Count + Names.Count;
}
