namespace Weir.Graph;

/// <summary>A stage that knows the keys of records: says of each by which hash its owner is found.</summary>
/// <typeparam name="T">The records.</typeparam>
internal interface IKeying<T>
{
    /// <summary>The stable hash of a record's key. The key is not null: the record has been sent by it.</summary>
    uint StableHashOf(T value);
}
