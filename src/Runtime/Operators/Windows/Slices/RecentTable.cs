using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Slices;

/// <summary>What the operator needs of an open window besides: not for each record.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TAcc">The accumulator.</typeparam>
/// <param name="Table">The window's table.</param>
/// <param name="LastTime">The last time of the last window that holds it: a record is late once the watermark is there.</param>
internal readonly record struct RecentTable<TKey, TAcc>(KeyTable<TKey, TAcc> Table, long LastTime);
