using System.Runtime.CompilerServices;

namespace Weir.Runtime.State.Handles;

/// <summary>A list for each key whose items expire one by one.</summary>
/// <remarks>
/// What a turn has seen of the list it goes on seeing. Where items that have expired are returned, it may be that the list that is seen is
/// kept no more, or not all of it: whoever changes it then keeps it again.
/// </remarks>
/// <param name="access">Where it is kept, each item with its time; none is empty.</param>
/// <param name="expiry">Says what has expired.</param>
internal sealed class AgedList<T>(StateAccess<List<Aged<T>>> access, Expiry expiry) : ListAccess<T>
{
    private List<Aged<T>>? _seen;
    private long _turn = -1;
    private bool _isApart;

    public override string Name => access.Name;

    public override int Count => Seen()?.Count ?? 0;

    public override List<T>? Items => Seen()?.ConvertAll(static item => item.Value);

    public override T Get(int index) => Seen()![index].Value;

    public override void Set(int index, T item)
    {
        Seen();
        Kept()[index] = new(expiry.Now, item);
    }

    public override void Add(T item)
    {
        var list = Kept();
        list.Add(new(expiry.Now, item));
        if (_turn == expiry.Turn)
        {
            _seen = list;
        }
    }

    public override void Replace(List<T> items)
    {
        var now = expiry.Now;
        var list = items.ConvertAll(item => new Aged<T>(now, item));
        access.Claim() = list;
        See(list);
    }

    public override void RemoveRange(int index, int count)
    {
        Seen();
        var list = Kept();
        list.RemoveRange(index, count);
        if (list.Count == 0)
        {
            Clear();
        }
    }

    public override void Clear()
    {
        access.Remove();
        See(null);
    }

    private List<Aged<T>> Kept()
    {
        ref var list = ref access.Claim();
        if (_isApart && _turn == expiry.Turn)
        {
            list = _seen!;
            _isApart = false;
        }

        return list;
    }

    private void See(List<Aged<T>>? list, bool isApart = false) => (_seen, _turn, _isApart) = (list, expiry.Turn, isApart);

    private List<Aged<T>>? Seen()
    {
        if (_turn != expiry.Turn)
        {
            Look();
        }
        else if (!_isApart)
        {
            // For whoever is on the wrong thread, or in no call.
            access.Find();
        }

        return _seen;
    }

    private void Look()
    {
        ref var found = ref access.Find();
        if (Unsafe.IsNullRef(ref found))
        {
            See(null);
            return;
        }

        var list = found;
        var over = list.Count(item => expiry.IsOver(item.Time));
        if (over == list.Count)
        {
            access.Remove();
            See(expiry.IsReturned ? list : null, isApart: expiry.IsReturned);
            return;
        }

        if (over > 0 && !expiry.IsReturned)
        {
            list = access.Claim();
            list.RemoveAll(item => expiry.IsOver(item.Time));
        }

        See(list);
        if (expiry.IsUpdatedByReading)
        {
            Update(list, over > 0 && expiry.IsReturned);
        }
    }

    // What has expired is not updated by reading: it is seen once more.
    private void Update(List<Aged<T>> list, bool losesSome)
    {
        ref var kept = ref access.Claim();
        var updated = losesSome ? list.FindAll(item => !expiry.IsOver(item.Time)) : list;
        for (var i = 0; i < updated.Count; i++)
        {
            updated[i] = updated[i] with { Time = expiry.Now };
        }

        kept = updated;
        _isApart = losesSome;
    }
}
