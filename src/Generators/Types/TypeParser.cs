using Microsoft.CodeAnalysis;

namespace Weir.Generators.Types;

/// <summary>A type symbol in, the closure of its shapes out. Codecs and rows both start here.</summary>
internal sealed class TypeParser
{
    private readonly Compilation _compilation;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<string, TypeModel?> _types = new(StringComparer.Ordinal);
    private TypeFailureModel? _failure;

    private TypeParser(Compilation compilation, CancellationToken cancellation)
    {
        _compilation = compilation;
        _cancellation = cancellation;
    }

    /// <summary>Takes a type apart down to what is built in. The generator skips a failure in silence; the analyzer reports it.</summary>
    public static TypeClosureModel Parse(ITypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        var parser = new TypeParser(compilation, cancellation);
        parser.Visit(type, type is INamedTypeSymbol { IsTupleType: false } ? type.Name : TypeNames.Label(type));
        var types = parser._failure is null
            ? parser._types.Values.OfType<TypeModel>().OrderBy(model => model.Name, StringComparer.Ordinal).ToArray()
            : [];
        return new TypeClosureModel(TypeNames.Reference(type), new(types), parser._failure);
    }

    private void Visit(ITypeSymbol type, string path)
    {
        _cancellation.ThrowIfCancellationRequested();
        var reference = TypeNames.Reference(type);
        if (_failure is not null || reference.IsBuiltIn || _types.ContainsKey(reference.Name))
        {
            return;
        }

        if (Refusal(type) is { } reason)
        {
            _failure = new TypeFailureModel(path, TypeNames.Label(type), reason);
            return;
        }

        // Before its parts, so that a type which contains itself comes to an end.
        _types.Add(reference.Name, null);
        _types[reference.Name] = Shape(type, reference, path);
    }

    private TypeModel? Shape(ITypeSymbol type, TypeRefModel reference, string path)
    {
        if (reference.IsNullable)
        {
            return Composite(reference, "nullable", TypeShape.Nullable, CollectionForm.None, path, ((INamedTypeSymbol)type)
                .TypeArguments[0]);
        }

        if (reference.IsEnum)
        {
            return TypeModel.Of(reference, TypeNames.Label(type), TypeShape.Enum, CollectionForm.None,
                TypeNames.Reference(((INamedTypeSymbol)type).EnumUnderlyingType!));
        }

        if (type is IArrayTypeSymbol array)
        {
            return Composite(reference, "list", TypeShape.Sequence, CollectionForm.Array, path + "[]", array.ElementType);
        }

        var named = (INamedTypeSymbol)type;
        return named.IsTupleType ? Tuple(named, reference, path)
            : CollectionTypes.Find(named) is { } collection
                ? Composite(reference, collection.Label, collection.Shape, collection.Form, path + "[]", [.. named.TypeArguments])
                : Object(named, reference, path);
    }

    private TypeModel Composite(
        TypeRefModel reference, string label, TypeShape shape, CollectionForm form, string path, params ITypeSymbol[] parts)
    {
        foreach (var part in parts)
        {
            Visit(part, path);
        }

        return TypeModel.Of(reference, label, shape, form, [.. parts.Select(TypeNames.Reference)]);
    }

    private TypeModel Tuple(INamedTypeSymbol type, TypeRefModel reference, string path)
    {
        var items = type.TupleElements.Select(item => item.CorrespondingTupleField ?? item).ToArray();
        foreach (var item in items)
        {
            Visit(item.Type, $"{path}.{item.Name}");
        }

        var members = items.Select(
            item => new MemberModel(item.Name, TypeNames.Reference(item.Type), null, IsOptional(item.Type), IsAssigned: false));
        return TypeModel.Object(reference, "tuple", isSealed: true, [.. members], [.. Enumerable.Range(0, items.Length)]);
    }

    private TypeModel? Object(INamedTypeSymbol type, TypeRefModel reference, string path)
    {
        var members = MemberParser.Parse(type, _compilation);
        if (members.Failure is { } reason)
        {
            _failure ??= new TypeFailureModel(path, TypeNames.Label(type), reason);
            return null;
        }

        foreach (var (member, memberType) in members.Members.Zip(members.Types, static (member, memberType) => (member, memberType)))
        {
            Visit(memberType, $"{path}.{member.Name}");
        }

        return TypeModel.Object(reference, TypeNames.Label(type), type.IsSealed || type.IsValueType, members.Members, members.Arguments);
    }

    private string? Refusal(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Error } => "is not known to the compiler",
        { TypeKind: TypeKind.Dynamic } or { SpecialType: SpecialType.System_Object } => "may hold anything: name a concrete type",
        { TypeKind: TypeKind.TypeParameter } => "is a type parameter: codecs are written for concrete types",
        { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } => "is a pointer: it means nothing in another process",
        { TypeKind: TypeKind.Delegate } => "is a delegate: code cannot be stored",
        { IsAnonymousType: true } => "is anonymous: give it a name",
        { IsRefLikeType: true } => "is a ref struct: it cannot be stored",
        { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } => "differs in size between machines: use long",
        IArrayTypeSymbol { Rank: > 1 } => "is an array of several dimensions: use an array of arrays",
        IArrayTypeSymbol => null,
        INamedTypeSymbol { IsFileLocal: true } => "is local to its file, where generated code cannot see it",
        INamedTypeSymbol named when !_compilation.IsSymbolAccessibleWithin(named.OriginalDefinition, _compilation.Assembly) =>
            "cannot be seen by generated code: make it internal or public",
        INamedTypeSymbol named when named.IsTupleType || CollectionTypes.Find(named) is not null => TooLong(named),
        { TypeKind: TypeKind.Interface } => "is an interface: name the concrete type",
        { IsAbstract: true } => "is abstract: name the concrete type",
        { IsStatic: true } => "is static: there are no values of it",
        INamedTypeSymbol named when !CollectionTypes.IsPlain(named) =>
            "is a collection that Weir does not know: use List, Dictionary, HashSet or an immutable one",
        _ => null,
    };

    private static string? TooLong(INamedTypeSymbol type) =>
        type.IsTupleType && type.TupleElements.Length > 7 ? "has more than seven items: use a record" : null;

    private static bool IsOptional(ITypeSymbol type) =>
        TypeNames.Reference(type).IsNullable || type.NullableAnnotation == NullableAnnotation.Annotated;
}
