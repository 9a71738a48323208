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
        return new TypeClosureModel { Root = TypeNames.Reference(type), Types = new(types), Failure = parser._failure };
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
            _failure = new TypeFailureModel { Path = path, Type = TypeNames.Label(type), Reason = reason };
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
            return new NullableTypeModel { Type = reference, Item = Part(((INamedTypeSymbol)type).TypeArguments[0], path) };
        }

        if (reference.IsEnum)
        {
            return new EnumTypeModel
            {
                Type = reference,
                Label = TypeNames.Label(type),
                Number = TypeNames.Reference(((INamedTypeSymbol)type).EnumUnderlyingType!),
            };
        }

        if (type is IArrayTypeSymbol array)
        {
            return new SequenceTypeModel { Type = reference, Form = CollectionForm.Array, Item = Part(array.ElementType, path + "[]") };
        }

        var named = (INamedTypeSymbol)type;
        return named.IsTupleType ? Tuple(named, reference, path)
            : CollectionTypes.Find(named) is { } form ? Collection(named, reference, form, path + "[]")
            : Object(named, reference, path);
    }

    private TypeModel Collection(INamedTypeSymbol type, TypeRefModel reference, CollectionForm form, string path)
    {
        var parts = type.TypeArguments.Select(part => Part(part, path)).ToArray();
        return form switch
        {
            CollectionForm.HashSet or CollectionForm.SortedSet or CollectionForm.ImmutableHashSet =>
                new SetTypeModel { Type = reference, Form = form, Item = parts[0] },
            CollectionForm.Dictionary or CollectionForm.SortedDictionary or CollectionForm.ImmutableDictionary =>
                new MapTypeModel { Type = reference, Form = form, Key = parts[0], Value = parts[1] },
            _ => new SequenceTypeModel { Type = reference, Form = form, Item = parts[0] },
        };
    }

    private TypeRefModel Part(ITypeSymbol type, string path)
    {
        Visit(type, path);
        return TypeNames.Reference(type);
    }

    private ObjectTypeModel Tuple(INamedTypeSymbol type, TypeRefModel reference, string path)
    {
        var items = type.TupleElements.Select(item => item.CorrespondingTupleField ?? item).ToArray();
        foreach (var item in items)
        {
            Visit(item.Type, $"{path}.{item.Name}");
        }

        var members = items.Select(static item => new MemberModel
        {
            Name = item.Name,
            Type = TypeNames.Reference(item.Type),
            Column = null,
            IsOptional = IsOptional(item.Type),
            IsAssigned = false,
            Epoch = null,
        });
        return new ObjectTypeModel
        {
            Type = reference,
            Label = "tuple",
            IsTuple = true,
            IsSealed = true,
            Members = new([.. members]),
            Arguments = new([.. items.Select(static (_, index) => new ArgumentModel { Member = index })]),
        };
    }

    private ObjectTypeModel? Object(INamedTypeSymbol type, TypeRefModel reference, string path)
    {
        var members = MemberParser.Parse(type, _compilation);
        if (members.Failure is { } reason)
        {
            _failure ??= new TypeFailureModel { Path = path, Type = TypeNames.Label(type), Reason = reason };
            return null;
        }

        foreach (var (member, memberType) in members.Members.Zip(members.Types, static (member, memberType) => (member, memberType)))
        {
            Visit(memberType, $"{path}.{member.Name}");
        }

        return new ObjectTypeModel
        {
            Type = reference,
            Label = TypeNames.Label(type),
            IsTuple = false,
            IsSealed = type.IsSealed || type.IsValueType,
            Members = new(members.Members),
            Arguments = new(members.Arguments),
        };
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
