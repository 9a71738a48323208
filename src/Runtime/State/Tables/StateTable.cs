using System.Diagnostics.CodeAnalysis;

namespace Weir.Runtime.State.Tables;

/// <summary>One state of an operator, by key and namespace: a <see cref="KeyTable{TKey, TValue}"/> for each namespace.</summary>
/// <remarks>
/// A state backend gives it to the operator. What an operator keeps by key alone has the one namespace <see cref="NoNamespace"/>.
/// </remarks>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TNamespace">The namespace: a window's start, for example.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
internal abstract class StateTable<TKey, TNamespace, TValue> : KeyedPart
    where TNamespace : IEquatable<TNamespace>
{
    /// <summary>
    /// Gets a number that changes when slots have moved between two batches: whoever remembers slots from batch to batch compares it at the
    /// beginning of each.
    /// </summary>
    public int Moves { get; protected set; }

    /// <summary>Says in which forms the entries were written that are going to be restored.</summary>
    public abstract void ReadAs(EntryCodecs<TKey, TNamespace, TValue> written);

    /// <summary>Gets the namespaces that are open, in no particular order.</summary>
    public abstract IEnumerable<TNamespace> Namespaces { get; }

    /// <summary>The keys of a namespace, if it is open.</summary>
    public abstract bool TryFind(TNamespace name, [NotNullWhen(true)] out KeyTable<TKey, TValue>? keys);

    /// <summary>The keys of a namespace, opened empty if it is not open.</summary>
    public abstract KeyTable<TKey, TValue> Open(TNamespace name);

    /// <summary>Forgets a namespace and all of its keys.</summary>
    public abstract void Remove(TNamespace name);
}
