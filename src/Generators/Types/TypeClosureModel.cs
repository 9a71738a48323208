using Weir.Generators.Infrastructure;

namespace Weir.Generators.Types;

/// <summary>A type and everything it is made of, but for what is built in; or why that cannot be.</summary>
/// <param name="Root">The type.</param>
/// <param name="Types">It and the types of its members, theirs and so on, each once; empty if the root is built in.</param>
/// <param name="Failure">The first member that cannot be supported; then <see cref="Types"/> is empty.</param>
internal sealed record TypeClosureModel(TypeRefModel Root, EquatableArray<TypeModel> Types, TypeFailureModel? Failure)
{
    /// <summary>The model of the root itself; null if it is built in or has failed.</summary>
    public TypeModel? RootType => Types.FirstOrDefault(type => type.Name == Root.Name);
}

/// <summary>A member that no codec can be written for.</summary>
/// <param name="Path">Where: <c>Order.Customer.Callback</c>.</param>
/// <param name="Type">Its type: <c>System.Action</c>.</param>
/// <param name="Reason">Why, as the end of a sentence that begins with the type: <c>is a delegate</c>.</param>
internal sealed record TypeFailureModel(string Path, string Type, string Reason)
{
    public override string ToString() => $"{Path}: {Type} {Reason}";
}
